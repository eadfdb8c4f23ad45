import type { JSX } from 'preact';
import { words } from '../live/language.ts';
import { Icon } from '../parts/icon.tsx';
import type {
  FeedbackQuestion,
  FeedbackTemplate,
  InformationTemplate,
  UtilityTemplate,
} from './template.ts';
import './forms.css';

/** Shown as it looks before it is filled in: only Messenger itself can do that. */
export function Feedback({ form }: { readonly form: FeedbackTemplate }): JSX.Element {
  const questions = form.feedback_screens.flatMap((screen) => screen.questions);
  return (
    <div class="card form-card">
      <div class="card-words">
        <strong class="card-title">{form.title}</strong>
        <span class="quiet">{form.subtitle}</span>
        {questions.map((question) => (
          <Question key={question.id} question={question} />
        ))}
        <Privacy url={form.business_privacy.url} />
      </div>
      <span class="choice only-shown form-action">{form.button_title}</span>
    </div>
  );
}

function Question({ question }: { readonly question: FeedbackQuestion }): JSX.Element {
  const { type, title, follow_up: followUp } = question;
  const most = { csat: 5, ces: 7, nps: 10 }[type];
  const least = type === 'nps' ? 0 : 1;
  const label = title ?? words.value.text(`score-${type}`);
  return (
    <div class="question">
      <span>{label}</span>
      <span class="scores" role="img" aria-label={`${least}–${most}`}>
        {Array.from({ length: most - least + 1 }, (_, index) => (
          <i key={index}>{type === 'csat' ? '☆' : least + index}</i>
        ))}
      </span>
      {followUp?.placeholder !== undefined && <span class="blank">{followUp.placeholder}</span>}
    </div>
  );
}

export function Information({ form }: { readonly form: InformationTemplate }): JSX.Element {
  const { text, language } = words.value;
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const countries = form.countries.map((code) => names.of(code) ?? code).join(', ');
  return (
    <div class="card form-card">
      <div class="card-words">
        <strong class="card-title with-icon">
          <Icon name="place" />
          {text('content-customer_information')}
        </strong>
        <span>{text('informationAsked')}</span>
        <span class="quiet">{text('countries', { countries })}</span>
        <Privacy url={form.business_privacy.url} />
      </div>
    </div>
  );
}

function Privacy({ url }: { readonly url: string }): JSX.Element {
  return (
    <a class="privacy" href={url} target="_blank" rel="noopener noreferrer">
      {words.value.text('privacy')}
    </a>
  );
}

/** The approved text stays at Meta: only what fills its places is known. */
export function Utility({ template }: { readonly template: UtilityTemplate }): JSX.Element {
  const parameters = (template.components ?? []).flatMap((component) => component.parameters);
  return (
    <div class="card form-card">
      <div class="card-words">
        <span class="quiet">{words.value.text('content-utility')}</span>
        <strong class="card-title">{template.name}</strong>
        <dl class="places">
          {parameters.map((parameter, index) => (
            <div key={index}>
              <dt>{parameter.parameter_name ?? index + 1}</dt>
              <dd>{parameter.text ?? parameter.url ?? parameter.payload}</dd>
            </div>
          ))}
        </dl>
        {template.language !== undefined && <span class="quiet">{template.language.code}</span>}
      </div>
    </div>
  );
}

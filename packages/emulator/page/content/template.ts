/** The parts of Meta's templates that the page shows, as `src/graph` has checked them. */

export interface TemplateButton {
  readonly type: string;
  readonly title?: string;
  readonly url?: string;
  readonly payload?: string;
}

export interface Card {
  readonly title?: string;
  readonly subtitle?: string;
  readonly image_url?: string;
  readonly default_action?: { readonly url: string };
  readonly buttons?: readonly TemplateButton[];
}

export interface Address {
  readonly street_1: string;
  readonly street_2?: string;
  readonly city: string;
  readonly postal_code: string;
  readonly state: string;
  readonly country: string;
}

export interface ReceiptTemplate {
  readonly template_type: 'receipt';
  readonly recipient_name: string;
  readonly merchant_name?: string;
  readonly order_number: string;
  readonly currency: string;
  readonly payment_method: string;
  readonly order_url?: string;
  /** Seconds since 1970. */
  readonly timestamp?: string;
  readonly address?: Address;
  readonly summary: {
    readonly subtotal?: number;
    readonly shipping_cost?: number;
    readonly total_tax?: number;
    readonly total_cost: number;
  };
  readonly adjustments?: readonly { readonly name: string; readonly amount: number }[];
  readonly elements?: readonly {
    readonly title: string;
    readonly subtitle?: string;
    readonly quantity?: number;
    readonly price: number;
    readonly currency?: string;
    readonly image_url?: string;
  }[];
}

export interface CouponTemplate {
  readonly template_type: 'coupon';
  readonly title: string;
  readonly subtitle?: string;
  readonly coupon_code?: string;
  readonly coupon_url?: string;
  readonly coupon_url_button_title?: string;
  readonly coupon_pre_message?: string;
  readonly image_url?: string;
}

export interface GridElement {
  readonly images: readonly {
    readonly url: string;
    readonly is_hero_image?: boolean;
    readonly action?: { readonly type: string; readonly url?: string };
  }[];
  readonly title?: string;
  readonly subtitle?: string;
  readonly buttons?: readonly TemplateButton[];
}

export interface MediaElement {
  readonly media_type: 'image' | 'video';
  readonly attachment_id?: string;
  readonly url?: string;
  readonly buttons?: readonly TemplateButton[];
}

export interface FeedbackQuestion {
  readonly id: string;
  readonly type: 'csat' | 'nps' | 'ces';
  readonly title?: string;
  readonly score_option?: string;
  readonly follow_up?: { readonly placeholder?: string };
}

export interface FeedbackTemplate {
  readonly template_type: 'customer_feedback';
  readonly title: string;
  readonly subtitle: string;
  readonly button_title: string;
  readonly feedback_screens: readonly { readonly questions: readonly FeedbackQuestion[] }[];
  readonly business_privacy: { readonly url: string };
}

export interface InformationTemplate {
  readonly template_type: 'customer_information';
  readonly countries: readonly string[];
  readonly business_privacy: { readonly url: string };
}

export type Template =
  | {
      readonly template_type: 'button';
      readonly text: string;
      readonly buttons: readonly TemplateButton[];
    }
  | { readonly template_type: 'generic'; readonly elements: readonly Card[] }
  | { readonly template_type: 'media'; readonly elements: readonly MediaElement[] }
  | { readonly template_type: 'product'; readonly elements: readonly { readonly id: string }[] }
  | { readonly template_type: 'image_grid'; readonly elements: readonly GridElement[] }
  | ReceiptTemplate
  | CouponTemplate
  | FeedbackTemplate
  | InformationTemplate;

/** A utility message: an approved template of the Page, and what fills its places. */
export interface UtilityTemplate {
  readonly name: string;
  readonly language?: { readonly code: string };
  readonly components?: readonly {
    readonly type: 'header' | 'body' | 'buttons';
    readonly parameters: readonly {
      readonly type: string;
      readonly text?: string;
      readonly parameter_name?: string;
      readonly url?: string;
      readonly payload?: string;
    }[];
  }[];
}

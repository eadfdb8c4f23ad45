/** The body of a refused Graph call, `{error: {...}}` around it. */
export interface GraphErrorBody {
  readonly message: string;
  readonly type: 'OAuthException' | 'GraphMethodException';
  readonly code: number;
  readonly error_subcode?: number;
  readonly fbtrace_id: string;
}

/** A refusal in Meta's words and numbers; always HTTP 400, as Graph answers 100, 104, 190 and 2500. */
export class GraphRefusal extends Error {
  readonly type: GraphErrorBody['type'];
  readonly code: number;
  readonly subcode: number | undefined;

  constructor(type: GraphErrorBody['type'], code: number, message: string, subcode?: number) {
    super(message);
    this.name = `GraphRefusal [${code}]`;
    this.type = type;
    this.code = code;
    this.subcode = subcode;
  }

  body(fbtraceId: string): { error: GraphErrorBody } {
    const { message, type, code, subcode } = this;
    const more = subcode === undefined ? {} : { error_subcode: subcode };
    return { error: { message, type, code, ...more, fbtrace_id: fbtraceId } };
  }
}

/** A parameter that is missing or not allowed: code 100. */
export function badParameter(message: string, subcode?: number): GraphRefusal {
  return new GraphRefusal('OAuthException', 100, `(#100) ${message}`, subcode);
}

/** An address that no version of the API has: code 2500. */
export function unknownPath(path: string): GraphRefusal {
  return new GraphRefusal('OAuthException', 2500, `Unknown path components: ${path}`);
}

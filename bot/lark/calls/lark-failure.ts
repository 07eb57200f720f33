import { SendFailure } from '../../platform.ts';

/** The platform refused a call, or did not answer it. Its reason names API, code and log id, and no content. */
export class LarkFailure extends SendFailure {
  /** The platform's code; 0 where no answer came, so that nobody knows whether the call had its effect. */
  readonly code: number;
  /** The person is outside the app's availability, left, or stopped the bot. */
  override readonly unreachable: boolean;

  override readonly uncertain: boolean;
  /** The card service's own code, where it refused the card. */
  readonly cardCode: number | undefined;

  constructor(reason: string, kind: FailureKind) {
    super(reason, kind.lasting, kind.waitMs);
    this.name = 'LarkFailure';
    this.code = kind.code;
    this.unreachable = kind.unreachable ?? false;
    this.uncertain = kind.uncertain ?? false;
    this.cardCode = kind.cardCode;
  }
}

export interface FailureKind {
  code: number;
  lasting: boolean;
  unreachable?: boolean;
  uncertain?: boolean;
  waitMs?: number;
  cardCode?: number;
}

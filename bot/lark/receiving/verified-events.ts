import { EventDispatcher } from '../sdk.ts';

/** An event of schema 2.0, as far as it must be known to find out what handles it. */
interface Pushed {
  header?: { event_type?: string } | null;
  event?: object;
}

/**
 * Hands events that were verified and opened before straight to what handles them, as the SDK's own way does: header and event
 * in one. That way copies each event three times, and is a tenth of what it takes to take one.
 */
export class VerifiedEvents extends EventDispatcher {
  override async invoke(pushed: unknown): Promise<unknown> {
    const { header, event, ...rest } = (pushed ?? {}) as Pushed;
    const handle = this.handles.get(header?.event_type ?? '');
    return handle?.({ ...rest, ...header, ...event });
  }
}

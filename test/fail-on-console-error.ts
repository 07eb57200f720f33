import { afterEach, beforeEach, expect, type MockInstance, vi } from 'vitest';

let consoleError: MockInstance<typeof console.error>;

beforeEach(() => {
  consoleError = vi.spyOn(console, 'error');
});

afterEach(() => {
  const said = consoleError.mock.calls.map((call) => call.join(' '));
  consoleError.mockRestore();
  expect(said, 'nothing may be written to console.error').toEqual([]);
});

let end: AbortController;
let spy: jest.SpyInstance<AbortSignal, [milliseconds: number]>;
beforeEach(() => {
  end = new AbortController();
  spy = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => end.signal);
});
afterEach(() => spy.mockRestore());

/** The time limits of requests. They pass only when a test says so, because the machine may take any time for its part. */
export const timeLimits = {
  /** In milliseconds, for each request. */
  get given(): number[] {
    return spy.mock.calls.map(([milliseconds]) => milliseconds);
  },
  pass(): void {
    end.abort();
  },
};

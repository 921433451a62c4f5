/** What `action` throws or rejects with; fails if it does neither. */
export async function failureOf(action: () => unknown): Promise<unknown> {
  try {
    await action();
  } catch (error) {
    return error;
  }
  throw new Error("expected a failure, got none");
}

/** The message `promise` is rejected with, after the name of its type. A call that throws never gets here. */
export async function rejectionOf(promise: Promise<unknown>): Promise<string> {
  return String(await failureOf(() => promise));
}

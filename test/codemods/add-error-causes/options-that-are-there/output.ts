class OrderError extends Error {
  constructor(message: string, options: { status: number; cause?: unknown }) {
    super(message, { cause: options.cause });
  }
}

export const load = (id: string) =>
  orders.find(id).catch((error: Error) => {
    throw new OrderError(error.message, {
      status: 502, // to the caller
      cause: error,
    });
  });

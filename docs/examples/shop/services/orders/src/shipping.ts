export interface Quote {
  readonly carrier: string;
  readonly cents: number;
}

export async function shippingQuote(orderId: string): Promise<Quote[]> {
  // Failure: fetch in Node waits five minutes for the headers of a silent carrier.
  const express = await fetch(`https://api.carrier.example/quotes?order=${orderId}`);

  // Sound.
  const standard = await fetch(`https://api.post.example/quotes?order=${orderId}`, {
    signal: AbortSignal.timeout(2_500),
  });

  return [(await express.json()) as Quote, (await standard.json()) as Quote];
}

/** Sound: the caller decides how long; a timer aborts at the latest. */
export async function trackParcel(parcel: string): Promise<string> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 4_000);
  try {
    const response = await fetch(`https://api.carrier.example/track/${parcel}`, { signal: controller.signal });
    return await response.text();
  } finally {
    clearTimeout(timer);
  }
}

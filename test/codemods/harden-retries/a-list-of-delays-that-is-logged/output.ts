const backoffsMs = [100, 250, 600];

export async function append(url: string, body: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await fetch(url, { method: 'POST', body });
      return;
    } catch (error) {
      if (attempt === 2) throw error;
      const waitMs = Math.round(Math.random() * backoffsMs[attempt]);
      console.warn('again', { attempt, nextDelayMs: waitMs });
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

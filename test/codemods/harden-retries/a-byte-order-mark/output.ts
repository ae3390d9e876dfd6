import axios from "axios"
import { setTimeout as sleep } from "node:timers/promises"

export const load = async (url: string) => {
  let tries = 0
  for (;;) {
    try {
      return await axios.get(url, { timeout: 1000 })
    } catch (error) {
      if (++tries >= 3) throw error
      await sleep(Math.random() * Math.min(10_000, 200 * 2 ** (tries - 1)))
    }
  }
}

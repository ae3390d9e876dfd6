import axios from "axios"

export const load = async (url: string) => {
  let tries = 0
  for (;;) {
    try {
      return await axios.get(url, { timeout: 1000 })
    } catch (error) {
      if (++tries >= 3) throw error
    }
  }
}

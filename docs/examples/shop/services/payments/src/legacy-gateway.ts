import axios from 'axios';

/** Sound: this service sets the default of its own axios before anything is sent. */
axios.defaults.timeout = 5_000;

export async function lookUpCharge(id: string): Promise<unknown> {
  const { data } = await axios.get(`https://legacy.payments.example/charges/${id}`);
  return data;
}

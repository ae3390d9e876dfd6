import { confirm } from '@inquirer/prompts';

export async function upload(url: string): Promise<void> {
  while (true) {
    try {
      await fetch(url, { method: 'POST' });
      return;
    } catch (error) {
      if (!(await confirm({ message: 'Once more?' }))) throw error;
    }
  }
}

import got from 'got';

export const own = (): Promise<{ ip: string }> => got('https://ip.example.com/own').json<{ ip: string }>();

export const download = () => got.stream('https://ip.example.com/all.csv');

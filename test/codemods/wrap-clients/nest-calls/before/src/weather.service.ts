import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import { catchError, firstValueFrom, map, of, type Observable } from 'rxjs';

const WEATHER = 'https://weather.example.com';

@Injectable()
export class WeatherService {
  constructor(private readonly http: HttpService) {}

  async today(city: string): Promise<unknown> {
    const { data } = await firstValueFrom(this.http.get<unknown>(`${WEATHER}/today/${city}`));
    return data;
  }

  async tomorrow(city: string): Promise<unknown> {
    return firstValueFrom(this.http.get<unknown>(`${WEATHER}/tomorrow/${city}`, { timeout: 2_000 }).pipe(map(({ data }) => data)));
  }

  async report(city: string): Promise<unknown> {
    return (await this.http.axiosRef.post(`${WEATHER}/reports`, { city })).data;
  }

  watch(city: string): Observable<unknown> {
    return this.http.get(`${WEATHER}/watch/${city}`, { timeout: 2_000 });
  }

  async silent(city: string): Promise<unknown> {
    return firstValueFrom(this.http.get(`${WEATHER}/silent/${city}`, { timeout: 2_000 }).pipe(catchError(() => of(null))));
  }
}

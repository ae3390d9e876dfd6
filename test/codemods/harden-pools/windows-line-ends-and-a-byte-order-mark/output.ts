import { DataSource } from "typeorm";

export const source = new DataSource({
	type: "postgres",
	host: "a",
	connectTimeoutMS: 5000
});

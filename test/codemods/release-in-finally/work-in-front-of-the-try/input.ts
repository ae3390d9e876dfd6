import { DataSource } from 'typeorm';

export class Roles {
  constructor(private readonly dataSource: DataSource) {}

  async rename(id: string, name: string): Promise<string> {
    const queryRunner = this.dataSource.createQueryRunner();
    await queryRunner.connect();

    const role = await this.read(id);
    if (role === null) throw new Error('no such role');

    let saved = role;
    try {
      await queryRunner.startTransaction();
      saved = await queryRunner.manager.save({ ...role, name });
      await queryRunner.commitTransaction();
    } catch (error) {
      await queryRunner.rollbackTransaction();
      throw error;
    } finally {
      if (queryRunner && !queryRunner.isReleased) await queryRunner.release();
    }

    return saved.name;
  }

  private async read(id: string): Promise<{ name: string } | null> {
    return await this.dataSource.getRepository('roles').findOneBy({ id });
  }
}

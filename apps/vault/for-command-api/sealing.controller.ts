import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { answering } from '../problems.js';
import { VaultCore } from '../vault-core.js';
import { CommandWriterAlone } from './command-writer.js';
import { CompareAnswer, CompareBody, SealAnswer, SealBody } from './sealing-body.js';

@ApiTags('for command-api')
@ApiBearerAuth()
@UseGuards(CommandWriterAlone)
@Controller('v1/sealing')
export class SealingController {
  constructor(private readonly vault: VaultCore) {}

  @Post('seal')
  @HttpCode(200)
  @ApiOperation({ summary: 'Seal what a command records', description: 'One call a command.' })
  @ApiOkResponse({ type: SealAnswer })
  async seal(@Body() { requests, commandBody }: SealBody): Promise<SealAnswer> {
    return answering(() => this.vault.sealing.seal(requests, commandBody));
  }

  @Post('compare')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say whether a fingerprint was made of this body' })
  @ApiOkResponse({ type: CompareAnswer })
  async compare(@Body() { fingerprint, commandBody }: CompareBody): Promise<CompareAnswer> {
    const compare = () => this.vault.sealing.compare(fingerprint, commandBody);
    return { compared: await answering(compare) };
  }
}

export { drive, Person, type Driven, type DriveOptions, type FilledIn } from './drive.ts';
export { file, image, location, sticker, voice } from './attachments.ts';

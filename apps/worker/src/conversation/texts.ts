import { createTexts } from '@bot/handlers';

/** Everything this bot says, by language. */
export const texts = createTexts(
  'vi',
  {
    welcome: 'Chào bạn! Bạn nhắn gì, mình nhắc lại nấy. 😊\n(Hello! I say back what you write.)',
    help: 'Mình nhắc lại những gì bạn nhắn. Bạn cứ nhắn thử một câu nhé!',
    helpTitle: 'Trợ giúp',
    otherLanguage: 'English',
    spoken: 'Từ giờ mình nói tiếng Việt nhé!',
    saidBack: (said: string) => `Bạn vừa nói: "${said}"`,
    misunderstood: 'Mình chưa hiểu ý bạn. Bạn nhắn bằng chữ giúp mình nhé!',
    unreadable: (kind: string) => `Mình chưa xem được ${kind}, bạn nhắn bằng chữ giúp mình nhé! 😊`,
    sticker: 'sticker',
    image: 'hình ảnh',
    video: 'video',
    audio: 'tin nhắn thoại',
    file: 'tệp',
    location: 'vị trí',
    anything: 'nội dung này',
  },
  {
    en: {
      welcome: 'Hello! I say back what you write. 😊',
      help: 'I say back what you write. Just write something!',
      helpTitle: 'Help',
      otherLanguage: 'Tiếng Việt',
      spoken: 'I speak English from now on!',
      saidBack: (said) => `You said: "${said}"`,
      misunderstood: 'I did not understand. Please write to me!',
      unreadable: (kind) => `I cannot read ${kind} yet, please write to me! 😊`,
      sticker: 'stickers',
      image: 'images',
      video: 'videos',
      audio: 'voice messages',
      file: 'files',
      location: 'locations',
      anything: 'this',
    },
  },
);

import type { JSX } from 'preact';
import { piecesOf } from '../model/rich-text.ts';

/** A text with its addresses as links. Text stays text: nothing in it becomes markup. */
export function RichText({ text }: { readonly text: string }): JSX.Element {
  return (
    <>
      {piecesOf(text).map((piece, index) =>
        piece.kind === 'text' ? (
          piece.text
        ) : (
          <a key={index} href={piece.url} target="_blank" rel="noopener noreferrer">
            {piece.text}
          </a>
        ),
      )}
    </>
  );
}

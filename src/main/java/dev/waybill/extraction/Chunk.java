package dev.waybill.extraction;

/**
 * A piece of a text.
 *
 * @param index counted from 0
 * @param start where it begins in the whole text, in characters (Unicode code points, not UTF-16 units)
 * @param end where it ends, exclusive
 */
record Chunk(int index, int start, int end, String text) {}

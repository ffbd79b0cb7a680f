package dev.waybill.platform.formats;

import java.io.IOException;

/** Reads ranges of a file beyond its first bytes. */
@FunctionalInterface
public interface RangeReader {

    /**
     * Reads a range.
     *
     * @param from where it begins, 0 or more, within the file
     * @param count how many bytes, 1 to 65536
     * @return fewer only where the file ends
     * @throws IOException when they cannot be read; the file is then detected by what was read of it
     */
    byte[] read(long from, int count) throws IOException;
}

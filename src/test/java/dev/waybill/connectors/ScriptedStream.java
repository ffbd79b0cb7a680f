package dev.waybill.connectors;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of the version that was opened, whatever happens to the file, subject to the rules. */
final class ScriptedStream extends InputStream {

    private final ScriptedSource script;
    private final String key;
    private final InputStream bytes;
    private long at;
    private boolean over;
    private volatile boolean closed;

    /** @param from where it begins, 0 to the file's size */
    ScriptedStream(ScriptedSource script, String key, ScriptedFiles.Content content, long from) {
        this.script = script;
        this.key = key;
        this.bytes = content.open(from);
        this.at = from;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (over || closed) {
            return -1;
        }
        try {
            script.reading(key, at);
        } catch (ScriptedRule.EndsShort endsShort) {
            over = true;
            return -1;
        }
        int read = bytes.read(into, offset, (int) Math.min(length, script.untilNextRule(key, at)));
        at += Math.max(0, read);
        return read;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            script.closed();
        }
    }
}

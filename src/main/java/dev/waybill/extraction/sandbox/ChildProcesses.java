package dev.waybill.extraction.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Pool of the idle child processes of this instance, and of new ones when there are none. They stay warm for a while,
 * and end by themselves.
 */
@Component
class ChildProcesses implements DisposableBean {

    /** On a machine that is busy, starting may take long. */
    private static final Duration START = Duration.ofMinutes(1);

    private final ScratchSpace scratch;
    private final DataSize memory;
    private final Deque<ChildProcess> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    @Autowired
    ChildProcesses(ScratchSpace scratch, ExtractionProperties limits) {
        this(scratch, limits.memory());
    }

    ChildProcesses(ScratchSpace scratch, DataSize memory) {
        this.scratch = scratch;
        this.memory = memory;
    }

    /**
     * A process for the next file. Whoever acquires it releases it, or ends it.
     *
     * @throws UncheckedIOException when none could be started just now
     * @throws IllegalStateException when none can be started here
     */
    ChildProcess acquire() throws InterruptedException {
        // The last one first, so that those that are not needed idle out.
        for (ChildProcess child = idle.pollFirst(); child != null; child = idle.pollFirst()) {
            if (child.isFresh()) {
                return child;
            }
            child.close();
        }
        return start();
    }

    /** Returns one to the pool that finished its file. */
    void release(ChildProcess child) {
        child.reset();
        idle.addFirst(child);
        if (closed) {
            destroy();
        }
    }

    private ChildProcess start() throws InterruptedException {
        ChildProcess child;
        try {
            ScratchFolder directory = new ScratchFolder(scratch.directory());
            child = ChildProcess.start(ChildCommand.of(memory, directory.path()), directory);
        } catch (IOException e) {
            throw new UncheckedIOException("a process to read files in could not be started", e);
        }
        boolean ready = false;
        try {
            Frame first = child.receive(START, () -> true);
            ready = first != null && first.kind() == Frame.Kind.READY;
            if (!ready) {
                throw new IllegalStateException("a process to read files in does not start: " + child.errorOutput());
            }
            return child;
        } finally {
            if (!ready) {
                child.close();
            }
        }
    }

    /** Ends those that are idle, and those that are released later. */
    @Override
    public void destroy() {
        closed = true;
        for (ChildProcess child = idle.pollFirst(); child != null; child = idle.pollFirst()) {
            child.close();
        }
    }
}

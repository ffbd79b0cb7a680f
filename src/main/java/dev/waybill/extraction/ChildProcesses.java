package dev.waybill.extraction;

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
 * The child processes of this instance that have nothing to do just now, and new ones when there are none. They stay warm
 * for a while, and end by themselves.
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
     * One that is given a file next. Whoever takes it gives it back, or ends it.
     *
     * @throws UncheckedIOException when none could be started just now
     * @throws IllegalStateException when none can be started here
     */
    ChildProcess take() throws InterruptedException {
        // The last one first, so that those that are not needed have their rest.
        for (ChildProcess child = idle.pollFirst(); child != null; child = idle.pollFirst()) {
            if (child.isFresh()) {
                return child;
            }
            child.close();
        }
        return start();
    }

    /** Takes one back that has done its work to the end. */
    void giveBack(ChildProcess child) {
        child.rest();
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
            Frame first = child.hear(START, () -> true);
            ready = first != null && first.kind() == Frame.Kind.READY;
            if (!ready) {
                throw new IllegalStateException("a process to read files in does not start: " + child.complaint());
            }
            return child;
        } finally {
            if (!ready) {
                child.close();
            }
        }
    }

    /** Ends those that have nothing to do, and those that come back later. */
    @Override
    public void destroy() {
        closed = true;
        for (ChildProcess child = idle.pollFirst(); child != null; child = idle.pollFirst()) {
            child.close();
        }
    }
}

package dev.waybill.connectors;

import dev.waybill.testing.Latches;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A rule by which a {@link ScriptedSource} misbehaves. Thread-safe once it is complete. */
public final class ScriptedRule {

    private final ScriptedSource.Call call;
    private final List<ScriptedRule> rules;
    private @Nullable String key;
    private int after;
    private int times = Integer.MAX_VALUE;
    private long behind;
    private @Nullable Act act;
    private int seen;

    ScriptedRule(ScriptedSource.Call call, List<ScriptedRule> rules) {
        this.call = call;
        this.rules = rules;
    }

    /** Only calls for that key. */
    public ScriptedRule of(String only) {
        key = only;
        return this;
    }

    /** Only the n-th of these calls from now, the first being 1. */
    public ScriptedRule nth(int n) {
        after = n - 1;
        times = 1;
        return this;
    }

    /** Only from the n-th on. */
    public ScriptedRule from(int n) {
        after = n - 1;
        return this;
    }

    /** Only so many of them. */
    public ScriptedRule times(int n) {
        times = n;
        return this;
    }

    public ScriptedRule once() {
        return times(1);
    }

    /** For READ: only after so many bytes of the file, counted from its beginning. */
    public ScriptedRule behind(long bytes) {
        behind = bytes;
        return this;
    }

    /** Makes calls fail with a diagnosis, as a transient failure where that is one. */
    public void fails(Diagnosis diagnosis) {
        boolean passes = diagnosis == Diagnosis.NETWORK || diagnosis == Diagnosis.THROTTLED;
        fails(() -> new SourceException(diagnosis, "The script says " + diagnosis, passes, null, null));
    }

    public void fails(Supplier<SourceException> failure) {
        acts(() -> {
            throw failure.get();
        });
    }

    public void throttles(Duration retryAfter) {
        fails(() -> new SourceException(Diagnosis.THROTTLED, "The script asks for patience", true, retryAfter, null));
    }

    /** For READ: the stream breaks off. */
    public void breaksOff() {
        acts(() -> {
            throw new IOException("the script breaks the stream off");
        });
    }

    /** For READ: the stream ends as if that were all. */
    public void endsShort() {
        acts(() -> {
            throw new EndsShort();
        });
    }

    /** Runs an action right before the call is answered, which then continues: a file is put, a latch awaited. */
    public void does(Runnable meanwhile) {
        acts(meanwhile::run);
    }

    /** Blocks the call until then; after a minute it fails. */
    public void waitsFor(CountDownLatch goOn) {
        does(() -> Latches.await(goOn));
    }

    private void acts(Act what) {
        act = what;
        rules.add(this);
    }

    synchronized @Nullable Act match(ScriptedSource.Call made, @Nullable String of, long at) {
        if (call != made || (key != null && !key.equals(of)) || at < behind) {
            return null;
        }
        seen++;
        return seen > after && seen - after <= times ? act : null;
    }

    /**
     * How many bytes of a file may be read before a rule that applies after so many.
     *
     * @param at the bytes read so far
     */
    long until(String of, long at) {
        boolean concerned = call == ScriptedSource.Call.READ && (key == null || key.equals(of)) && behind > at;
        return concerned ? behind - at : Long.MAX_VALUE;
    }

    @FunctionalInterface
    interface Act {
        void happen() throws IOException;
    }

    /** A premature regular end. */
    static final class EndsShort extends IOException {}
}

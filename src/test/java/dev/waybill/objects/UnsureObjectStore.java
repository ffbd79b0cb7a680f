package dev.waybill.objects;

import dev.waybill.platform.mongo.WriteOutcome;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store that loses answers: some writes return UNKNOWN, and are applied late. */
final class UnsureObjectStore {

    private final ObjectStore plain;

    /** How many answers are lost from now on. */
    private int losing;
    /** Whether a write whose answer was lost is applied at the next read or write. */
    private boolean appliesPending = true;

    private @Nullable Runnable pending;

    UnsureObjectStore(ObjectStore plain) {
        this.plain = plain;
    }

    ObjectStore store() {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (self, method, arguments) -> answer(method, arguments));
    }

    void loseAnAnswer() {
        losing = 1;
    }

    void answerNoMore() {
        losing = Integer.MAX_VALUE;
        appliesPending = false;
    }

    /** Applies the pending write now. */
    void answerAgain() {
        losing = 0;
        applyPending();
    }

    private void applyPending() {
        Runnable late = pending;
        pending = null;
        if (late != null) {
            late.run();
        }
    }

    private @Nullable Object answer(Method method, Object[] arguments) {
        boolean insert = method.getName().equals("insertAll");
        boolean write = insert || method.getName().equals("change");
        if (write && losing > 0) {
            losing--;
            pending = pending != null ? pending : () -> invoked(method, arguments);
            return insert
                    ? Collections.nCopies(((List<?>) arguments[0]).size(), WriteOutcome.UNKNOWN)
                    : WriteOutcome.UNKNOWN;
        }
        if (write && appliesPending) {
            applyPending();
        }
        Object answer = invoked(method, arguments);
        if (method.getName().equals("row") && appliesPending) {
            applyPending();
        }
        return answer;
    }

    private @Nullable Object invoked(Method method, Object[] arguments) {
        try {
            return method.invoke(plain, arguments);
        } catch (InvocationTargetException failed) {
            throw (RuntimeException) failed.getCause();
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
    }
}

package dev.waybill.objects;

import dev.waybill.platform.mongo.WriteOutcome;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store some of whose writes are answered with UNKNOWN, and arrive late. */
final class UnsureObjectStore {

    private final ObjectStore plain;

    /** How many answers are lost from now on. */
    private int losing;
    /** Whether a write whose answer was lost arrives by itself, as soon as somebody looked or wrote again. */
    private boolean arriving = true;

    private @Nullable Runnable onItsWay;

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
        arriving = false;
    }

    /** What was on its way arrives now. */
    void answerAgain() {
        losing = 0;
        arrive();
    }

    private void arrive() {
        Runnable late = onItsWay;
        onItsWay = null;
        if (late != null) {
            late.run();
        }
    }

    private @Nullable Object answer(Method method, Object[] arguments) {
        boolean insert = method.getName().equals("insertAll");
        boolean write = insert || method.getName().equals("change");
        if (write && losing > 0) {
            losing--;
            onItsWay = onItsWay != null ? onItsWay : () -> invoked(method, arguments);
            return insert
                    ? Collections.nCopies(((List<?>) arguments[0]).size(), WriteOutcome.UNKNOWN)
                    : WriteOutcome.UNKNOWN;
        }
        if (write && arriving) {
            arrive();
        }
        Object answer = invoked(method, arguments);
        if (method.getName().equals("row") && arriving) {
            arrive();
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

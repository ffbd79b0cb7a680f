package dev.waybill.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A mutant of a port, which breaks one promise and no others: what a contract kit must detect.
 *
 * @param name what the liar does
 * @param method the port's method that lies; null for the truth
 * @param red the kit's tests that fail because of it, and no others
 */
public record Lie<S>(Class<S> port, String name, @Nullable String method, Twist twist, Set<String> red) {

    /** What a lying method does instead. */
    @FunctionalInterface
    public interface Twist {

        @Nullable
        Object answer(Call call) throws Throwable;
    }

    public static <S> Lie<S> none(Class<S> port) {
        return new Lie<>(port, "tells the truth", null, Call::proceed, Set.of());
    }

    public static <S> Lie<S> of(Class<S> port, String name, String method, Twist twist, String... red) {
        if (Arrays.stream(port.getMethods()).noneMatch(known -> known.getName().equals(method))) {
            throw new IllegalArgumentException(port.getSimpleName() + " has no method " + method);
        }
        return new Lie<>(port, name, method, twist, new TreeSet<>(Set.of(red)));
    }

    /** The same implementation, with this lie. */
    public S over(S truth) {
        Map<Object, Object> memory = new ConcurrentHashMap<>();
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, called, arguments) -> {
                    Call call = new Call(truth, called, arguments == null ? new Object[0] : arguments, memory);
                    return called.getName().equals(method) ? twist.answer(call) : call.proceed();
                }));
    }

    @Override
    public String toString() {
        return name;
    }

    /** One call of a lying method. */
    public static final class Call {

        private final Object truth;
        private final Method method;
        private final @Nullable Object[] arguments;
        private final Map<Object, Object> memory;

        private Call(Object truth, Method method, @Nullable Object[] arguments, Map<Object, Object> memory) {
            this.truth = truth;
            this.method = method;
            this.arguments = arguments;
            this.memory = memory;
        }

        /** What the correct implementation returns. */
        @SuppressWarnings("unchecked")
        public <T> T proceed() throws Throwable {
            try {
                method.setAccessible(true);
                return (T) method.invoke(truth, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        @SuppressWarnings("unchecked")
        public <T> T argument(int index) {
            return (T) arguments[index];
        }

        /** The same call with another argument. */
        public Call with(int index, @Nullable Object argument) {
            @Nullable Object[] changed = arguments.clone();
            changed[index] = argument;
            return new Call(truth, method, changed, memory);
        }

        /** The correct implementation. */
        @SuppressWarnings("unchecked")
        public <T> T truth() {
            return (T) truth;
        }

        /** State of this mutant between calls. */
        public Map<Object, Object> memory() {
            return memory;
        }
    }
}

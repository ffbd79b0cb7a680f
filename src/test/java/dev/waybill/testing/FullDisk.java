package dev.waybill.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.waybill.platform.storage.LocalDisk;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A disk that is full for the files that begin as a test says, and for no others, so that tests may share a service at
 * the same time. Every service that tests start in their own JVM has one.
 */
public final class FullDisk extends LocalDisk {

    private static final String PROPERTY = "WAYBILL_TEST_DISK";

    static final Map<String, String> ON = Map.of(PROPERTY, "true");

    private final long capacity;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refusals = new AtomicInteger();

    private FullDisk(long capacity) {
        this.capacity = capacity;
    }

    /** A disk with space for so many bytes of each file. */
    public static FullDisk after(long bytes) {
        return new FullDisk(bytes);
    }

    public static FullDisk of(ServiceUnderTest service) {
        return (FullDisk) service.bean(LocalDisk.class);
    }

    /** From now on there is no space for files with this beginning, each byte read as a letter of Latin-1. */
    public void refuse(String beginning) {
        refused.add(beginning);
    }

    public void take(String beginning) {
        refused.remove(beginning);
    }

    /** How many files there was no space for so far. */
    public int refusals() {
        return refusals.get();
    }

    @Override
    public OutputStream watched(OutputStream file) {
        return super.watched(new Limited(file));
    }

    private final class Limited extends FilterOutputStream {

        private long written;

        private Limited(OutputStream file) {
            super(file);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            String text = new String(bytes, from, length, ISO_8859_1);
            if (written + length > capacity || (written == 0 && refused.stream().anyMatch(text::startsWith))) {
                refusals.incrementAndGet();
                throw new IOException("No space left on device");
            }
            out.write(bytes, from, length);
            written += length;
        }
    }

    /** Replaces the service's own disk with it. */
    public static final class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            if ("true".equals(context.getEnvironment().getProperty(PROPERTY))) {
                context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {

                    @Override
                    public Object postProcessAfterInitialization(Object bean, String name) {
                        return bean instanceof LocalDisk ? after(Long.MAX_VALUE) : bean;
                    }
                });
            }
        }
    }
}

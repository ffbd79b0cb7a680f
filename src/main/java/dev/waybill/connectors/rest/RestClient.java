package dev.waybill.connectors.rest;

import dev.waybill.connectors.ConnectFailures;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.platform.fetch.RetryAfter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client for one server. Error responses are returned; what is thrown is a {@link SourceException}, and means
 * that there was no response. Quick failures are retried a few times. It records the server's latency and clock offset.
 * Thread-safe.
 */
public final class RestClient {

    /** A thousand files with keys of 1024 bytes and their metadata, and some. */
    private static final int MAX_BODY = 16 * 1024 * 1024;

    private static final int MAX_REFUSAL = 64 * 1024;
    private static final int ATTEMPTS = 3;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final Set<Integer> RETRYABLE = Set.of(500, 502, 504);

    private final CloseableHttpClient http;
    private final ScheduledExecutorService timers;
    private final Duration answerTimeout;
    private final String server;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Duration> latency = new AtomicReference<>();
    private volatile @Nullable Duration offset;

    RestClient(
            CloseableHttpClient http,
            ScheduledExecutorService timers,
            Duration answerTimeout,
            String server,
            InstantSource clock) {
        this.http = http;
        this.timers = timers;
        this.answerTimeout = answerTimeout;
        this.server = server;
        this.clock = clock;
    }

    /** Reads the result from the response to one attempt. */
    private interface ResponseReader<T> {

        T read(HttpUriRequestBase request, ClassicHttpResponse response) throws IOException;
    }

    /** Sends a request, and reads the whole response. */
    public RestAnswer send(RestCall request) {
        return withRetries(request, (sent, response) -> {
            try {
                return whole(response);
            } finally {
                // Otherwise closing would read what is left, however much that is.
                sent.cancel();
            }
        });
    }

    /** Sends a request whose response is streamed. The caller closes the stream. */
    public RestStream open(RestCall request) {
        return withRetries(request, (sent, response) -> {
            HttpEntity body = response.getEntity();
            if (response.getCode() >= 300) {
                try {
                    return new RestStream(whole(response), InputStream.nullInputStream());
                } finally {
                    sent.cancel();
                }
            }
            RestAnswer answer = new RestAnswer(response.getCode(), headers(response), new byte[0]);
            InputStream bytes = body == null
                    ? InputStream.nullInputStream()
                    : new AbortingStream(body.getContent(), body.getContentLength(), sent, response);
            return new RestStream(answer, bytes);
        });
    }

    /** Of the fastest response; null before the first. */
    public @Nullable Duration latency() {
        return latency.get();
    }

    /** How far the server's clock is ahead, to the second; null when it sent no time. */
    public @Nullable Duration clockOffset() {
        return offset;
    }

    /** The server's time, where that is known; otherwise ours. */
    public Instant serverTime() {
        Duration ahead = offset;
        return ahead == null ? clock.instant() : clock.instant().plus(ahead);
    }

    /** The {@code Retry-After} of a response; null without one. */
    public @Nullable Duration retryAfter(RestAnswer answer) {
        return RetryAfter.read(answer.header("retry-after"), clock.instant());
    }

    /** The server's address, for messages. */
    public String server() {
        return server;
    }

    private <T> T withRetries(RestCall request, ResponseReader<T> reader) {
        long until = System.nanoTime() + answerTimeout.toNanos();
        for (int attempt = 1; ; attempt++) {
            try {
                T result = once(request, reader);
                if (attempt == ATTEMPTS || !RETRYABLE.contains(status(result))) {
                    return result;
                }
            } catch (IOException failure) {
                if (attempt == ATTEMPTS || !ConnectFailures.mayPass(failure) || System.nanoTime() - until >= 0) {
                    throw ConnectFailures.of(failure, server).orElseGet(() -> ConnectFailures.late(failure, server));
                }
            } catch (IllegalStateException shutDown) {
                throw closed(shutDown);
            }
            backOff(attempt);
        }
    }

    /** The error for calls after the source was closed. */
    static SourceException closed(@Nullable IllegalStateException shutDown) {
        return new SourceException(
                Diagnosis.NETWORK, "The source was closed meanwhile; try again", true, null, shutDown);
    }

    private static int status(Object result) {
        return switch (result) {
            case RestAnswer answer -> answer.status();
            case RestStream stream -> stream.answer().status();
            default -> 0;
        };
    }

    private <T> T once(RestCall request, ResponseReader<T> reader) throws IOException {
        HttpUriRequestBase sent = request.form() == null ? new HttpGet(request.uri()) : post(request);
        request.headers().forEach(sent::setHeader);
        // A trickling response triggers no other time-out, so the connection is cut from outside.
        ScheduledFuture<?> cut = timers.schedule(sent::cancel, answerTimeout.toNanos(), TimeUnit.NANOSECONDS);
        long from = System.nanoTime();
        try {
            ClassicHttpResponse response = http.executeOpen(HttpHost.create(request.uri()), sent, null);
            observe(Duration.ofNanos(System.nanoTime() - from), response);
            return reader.read(sent, response);
        } finally {
            cut.cancel(false);
        }
    }

    private static HttpPost post(RestCall request) {
        HttpPost post = new HttpPost(request.uri());
        post.setEntity(new StringEntity(request.form(), ContentType.APPLICATION_FORM_URLENCODED));
        return post;
    }

    private void observe(Duration took, ClassicHttpResponse response) {
        latency.accumulateAndGet(
                took, (one, other) -> one == null || other == null || other.compareTo(one) < 0 ? other : one);
        Header date = response.getFirstHeader("Date");
        Instant serverTime = date == null ? null : time(date.getValue());
        if (serverTime != null) {
            offset = Duration.between(clock.instant(), serverTime);
        }
    }

    private static @Nullable Instant time(String date) {
        try {
            return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static RestAnswer whole(ClassicHttpResponse response) throws IOException {
        boolean isGood = response.getCode() < 300;
        HttpEntity entity = response.getEntity();
        byte[] body = new byte[0];
        if (entity != null) {
            InputStream content = entity.getContent();
            body = content.readNBytes(isGood ? MAX_BODY : MAX_REFUSAL);
            if (isGood && body.length == MAX_BODY) {
                throw new IOException("the answer has %d bytes or more".formatted(MAX_BODY));
            }
            if (isGood || body.length < MAX_REFUSAL) {
                content.close();
            }
        }
        return new RestAnswer(response.getCode(), headers(response), body);
    }

    private static Map<String, String> headers(ClassicHttpResponse response) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), String.valueOf(header.getValue()));
        }
        return headers;
    }

    private static void backOff(int attempt) {
        try {
            Thread.sleep(FIRST_PAUSE_MILLIS << attempt - 1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SourceException(Diagnosis.NETWORK, "The service is stopping; try again", true, null, stopped);
        }
    }

    /** May be closed at any time, which aborts the connection unless all was read. */
    private static final class AbortingStream extends FilterInputStream {

        private final HttpUriRequestBase sent;
        private final ClassicHttpResponse response;
        private long left;

        /** @param length the number of bytes; less than 0 when that is not known */
        private AbortingStream(InputStream bytes, long length, HttpUriRequestBase sent, ClassicHttpResponse response) {
            super(bytes);
            this.left = length < 0 ? Long.MAX_VALUE : length;
            this.sent = sent;
            this.response = response;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            left = read < 0 ? 0 : left - read;
            return read;
        }

        @Override
        public void close() throws IOException {
            if (left <= 0) {
                super.close();
                response.close();
                return;
            }
            sent.cancel();
            try {
                response.close();
            } catch (IOException hungUp) {
                // The connection was aborted on purpose.
            }
        }
    }
}

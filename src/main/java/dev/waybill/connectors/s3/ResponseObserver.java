package dev.waybill.connectors.s3;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * An SDK interceptor that observes every response: its latency, the store's clock and the reported region. It reads all
 * bodies but files itself, so that untrusted servers cannot exhaust memory with endless responses, and truncated ones
 * are detected: a response without a length ends with its connection. It also finds errors in responses with status
 * 200, as the SDK would parse one as an empty listing.
 */
final class ResponseObserver implements ExecutionInterceptor {

    /** A thousand keys of 1024 bytes, percent-encoded, with their metadata, and some. */
    private static final int MAX_BODY = 16 * 1024 * 1024;

    private static final int MAX_REFUSAL = 64 * 1024;
    private static final int GLIMPSE = 1_024;
    private static final Pattern ERROR = Pattern.compile(
            "^\\s*(?:<\\?xml[^>]*>)?\\s*<Error>(?:.*?<Code>([A-Za-z.]{1,100})</Code>)?", Pattern.DOTALL);

    /** An XML document's first tag with its name, or no more than what may precede it. */
    private static final Pattern ROOT =
            Pattern.compile("^\\s*(?:<\\?xml[^>]*(?:>\\s*<?)?$|(?:<\\?xml[^>]*>)?\\s*<([A-Za-z_][\\w.:-]*)([^>]*))");

    private static final ExecutionAttribute<Long> SENT = new ExecutionAttribute<>("waybill.sent");
    private static final ExecutionAttribute<byte[]> REFUSAL = new ExecutionAttribute<>("waybill.refusal");

    private final InstantSource clock;
    private final AtomicReference<@Nullable Duration> latency = new AtomicReference<>();
    private volatile @Nullable Duration offset;

    ResponseObserver(InstantSource clock) {
        this.clock = clock;
    }

    /** Of the fastest response; null before the first. */
    @Nullable
    Duration latency() {
        return latency.get();
    }

    /** How far the store's clock is ahead, to the second; null when it sent no time. */
    @Nullable
    Duration clockOffset() {
        return offset;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        attributes.putAttribute(SENT, System.nanoTime());
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        Long sent = attributes.getAttribute(SENT);
        if (sent != null) {
            Duration took = Duration.ofNanos(System.nanoTime() - sent);
            latency.accumulateAndGet(took, (one, other) -> one == null || other == null ? took : shorter(one, other));
        }
        context.httpResponse()
                .firstMatchingHeader("Date")
                .flatMap(ResponseObserver::time)
                .ifPresent(serverTime -> offset = Duration.between(clock.instant(), serverTime));
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        boolean isGood = context.httpResponse().isSuccessful();
        if (isGood && context.request() instanceof GetObjectRequest) {
            return context.responseBody();
        }
        return context.responseBody()
                .map(body -> new ByteArrayInputStream(isGood ? whole(body) : errorBody(body, attributes)));
    }

    /** Error documents contain more than the SDK passes on, such as the region of a bucket. */
    @Override
    public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
        byte[] refusal = attributes.getAttribute(REFUSAL);
        if (refusal == null
                || !(context.exception() instanceof AwsServiceException refused)
                || refused.awsErrorDetails() == null) {
            return context.exception();
        }
        AwsErrorDetails details = refused.awsErrorDetails().toBuilder()
                .rawResponse(SdkBytes.fromByteArray(refusal))
                .build();
        return refused.toBuilder().awsErrorDetails(details).build();
    }

    private static byte[] errorBody(InputStream body, ExecutionAttributes attributes) {
        byte[] refusal = read(body, MAX_REFUSAL);
        attributes.putAttribute(REFUSAL, refusal);
        return refusal;
    }

    private static byte[] whole(InputStream body) {
        byte[] answer = read(body, MAX_BODY + 1);
        if (answer.length > MAX_BODY) {
            throw SdkClientException.create(
                    "Too long", new IOException("the answer has more than %d bytes".formatted(MAX_BODY)));
        }
        String beginning = new String(answer, 0, Math.min(GLIMPSE, answer.length), StandardCharsets.UTF_8);
        Matcher error = ERROR.matcher(beginning);
        if (error.find()) {
            String code = error.group(1);
            throw SdkClientException.create("Error in 200", new EmbeddedError(code == null ? "" : code));
        }
        if (isCutShort(answer, beginning)) {
            throw SdkClientException.create("Cut short", new EOFException("the answer has no end"));
        }
        return answer;
    }

    /** Whether it is XML whose first element does not end. */
    private static boolean isCutShort(byte[] answer, String beginning) {
        Matcher root = ROOT.matcher(beginning);
        if (!root.find()) {
            return false;
        }
        String name = root.group(1);
        if (name == null) {
            return true;
        }
        boolean endsAtOnce = root.group(2).endsWith("/") && root.end() < beginning.length();
        int from = Math.max(0, answer.length - GLIMPSE);
        String end = new String(answer, from, answer.length - from, StandardCharsets.UTF_8);
        int tag = end.lastIndexOf("</" + name);
        return !endsAtOnce && (tag < 0 || end.indexOf('>', tag) < 0);
    }

    /** Reads up to so many bytes. Its connection is released afterwards, and aborted where more follows. */
    private static byte[] read(InputStream body, int max) {
        try {
            byte[] read = body.readNBytes(max);
            if (read.length == max && body instanceof Abortable goesOn) {
                goesOn.abort();
            } else {
                body.close();
            }
            return read;
        } catch (IOException e) {
            throw SdkClientException.create("Unable to read the answer", e);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Optional<Instant> time(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

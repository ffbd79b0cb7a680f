package dev.waybill.connectors.s3;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
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
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * Sees every answer: how quick it was, what time the store has, which region it names. It keeps strangers' servers from
 * filling memory with answers that have no end, and finds errors in answers that call themselves good: the SDK would take
 * one for an empty listing.
 */
final class Witness implements ExecutionInterceptor {

    /** A thousand keys of 1024 bytes, percent-encoded, with all that stands around them, and some. */
    private static final int MAX_BODY = 16 * 1024 * 1024;

    private static final int MAX_REFUSAL = 64 * 1024;
    private static final int BEGINNING = 1_024;
    private static final Pattern ERROR = Pattern.compile(
            "^\\s*(?:<\\?xml[^>]*>)?\\s*<Error>(?:.*?<Code>([A-Za-z.]{1,100})</Code>)?", Pattern.DOTALL);
    private static final ExecutionAttribute<Long> SENT = new ExecutionAttribute<>("waybill.sent");
    private static final ExecutionAttribute<byte[]> REFUSAL = new ExecutionAttribute<>("waybill.refusal");

    private final InstantSource clock;
    private final AtomicReference<@Nullable Duration> latency = new AtomicReference<>();
    private volatile @Nullable Duration offset;

    Witness(InstantSource clock) {
        this.clock = clock;
    }

    /** Of the quickest answer; null before the first. */
    @Nullable
    Duration latency() {
        return latency.get();
    }

    /** How far the store's clock is ahead, to the second; null when it told no time. */
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
                .flatMap(Witness::time)
                .ifPresent(theirs -> offset = Duration.between(clock.instant(), theirs));
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        boolean isGood = context.httpResponse().isSuccessful();
        if (isGood && context.request() instanceof GetObjectRequest) {
            return context.responseBody();
        }
        return context.responseBody().map(body -> isGood ? withoutError(new Bounded(body)) : kept(body, attributes));
    }

    /** Refusals in XML say more than the SDK passes on, such as the region that a bucket is in. */
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

    private static InputStream kept(InputStream body, ExecutionAttributes attributes) {
        try {
            byte[] refusal = body.readNBytes(MAX_REFUSAL);
            attributes.putAttribute(REFUSAL, refusal);
            return new ByteArrayInputStream(refusal);
        } catch (IOException e) {
            throw SdkClientException.create("Unable to read the answer", e);
        }
    }

    private static InputStream withoutError(InputStream body) {
        try {
            byte[] beginning = body.readNBytes(BEGINNING);
            Matcher error = ERROR.matcher(new String(beginning, StandardCharsets.UTF_8));
            if (error.find()) {
                String code = error.group(1);
                throw SdkClientException.create("Error in 200", new ErrorInside(code == null ? "" : code));
            }
            return new SequenceInputStream(new ByteArrayInputStream(beginning), body);
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

    /** Breaks off where no honest answer goes on. */
    private static final class Bounded extends FilterInputStream {

        private long left = MAX_BODY;

        private Bounded(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            return count(super.read(), 1);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            return count(read, read);
        }

        private int count(int read, int bytes) throws IOException {
            left -= read < 0 ? 0 : bytes;
            if (left < 0) {
                throw new IOException("the answer has more than %d bytes".formatted(MAX_BODY));
            }
            return read;
        }
    }
}

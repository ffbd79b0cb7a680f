package dev.waybill.connectors.s3;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceContent;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.s3.S3Operation.About;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.RequestPayer;

/** Opens files, each pinned to the listed version: by a condition, and by verifying the response. */
final class S3Reading {

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18}|\\*)");

    private final S3Access access;
    private final @Nullable RequestPayer payer;

    S3Reading(S3Access access, @Nullable RequestPayer payer) {
        this.access = access;
        this.payer = payer;
    }

    SourceContent open(SourcePath path, SourceFile file, long from) {
        if (from < 0 || from > file.sizeBytes()) {
            throw new IllegalArgumentException("%d is not within %d bytes".formatted(from, file.sizeBytes()));
        }
        boolean isAtEnd = from > 0 && from == file.sizeBytes();
        // A range after the last byte cannot be requested, and yet the version has to be verified.
        long first = isAtEnd ? from - 1 : from;
        ResponseInputStream<GetObjectResponse> answer = get(path, file, first);
        try {
            require(file, first, answer.response());
            answer.skipNBytes(from - (isWhole(first, answer.response()) ? 0 : first));
            return content(file, from, answer);
        } catch (IOException e) {
            answer.abort();
            throw new SourceException(
                    Diagnosis.NETWORK, access.store().name() + " breaks off while a file is read", true, null, e);
        } catch (RuntimeException e) {
            answer.abort();
            throw e;
        }
    }

    private ResponseInputStream<GetObjectResponse> get(SourcePath path, SourceFile file, long first) {
        S3Version pin = S3Version.of(file);
        GetObjectRequest.Builder request = GetObjectRequest.builder()
                .bucket(path.container())
                .key(file.key())
                .ifMatch(pin.etag() == null ? null : "\"" + pin.etag() + "\"")
                .range(first > 0 ? "bytes=" + first + "-" : null)
                .requestPayer(payer);
        if (access.store().tellsChecksums() && first == 0) {
            // The SDK's own option would also have the SDK verify, and fail with its own exceptions.
            request.overrideConfiguration(o -> o.putHeader("x-amz-checksum-mode", "ENABLED"));
        }
        return access.call(
                new S3Operation(About.FILE, path.container(), payer != null),
                client -> client.getObject(request.build()));
    }

    /** Verifies that the response has the listed version, whether or not the store supports conditions. */
    private void require(SourceFile file, long first, GetObjectResponse response) {
        String listed = S3Version.of(file).etag();
        String etag = S3Version.bare(response.eTag());
        boolean isOther =
                listed != null && etag != null ? !listed.equals(etag) : isLater(file, response.lastModified());
        long total = total(first, response);
        if (isOther || total >= 0 && total != file.sizeBytes()) {
            throw new SourceException(
                    Diagnosis.CHANGED_DURING_READ, "The file is not the one that was listed any more");
        }
    }

    private static boolean isLater(SourceFile file, @Nullable Instant modifiedAt) {
        return file.modifiedAt() != null
                && modifiedAt != null
                && !seconds(file.modifiedAt()).equals(seconds(modifiedAt));
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The size of the whole file; less than 0 when it is not known. */
    private long total(long first, GetObjectResponse response) {
        if (isWhole(first, response)) {
            return response.contentLength() == null ? -1 : response.contentLength();
        }
        Matcher range = CONTENT_RANGE.matcher(response.contentRange());
        if (!range.matches() || Long.parseLong(range.group(1)) != first) {
            throw new SourceException(
                    Diagnosis.INTEGRITY_MISMATCH,
                    access.store().name() + " answers with other bytes of the file than those that were asked for");
        }
        return range.group(2).equals("*") ? -1 : Long.parseLong(range.group(2));
    }

    /** Some stores ignore ranges, and send the whole file. */
    private static boolean isWhole(long first, GetObjectResponse response) {
        return first == 0 || response.contentRange() == null;
    }

    private SourceContent content(SourceFile file, long from, ResponseInputStream<GetObjectResponse> answer) {
        GetObjectResponse response = answer.response();
        Map<String, String> metadata = new TreeMap<>();
        response.metadata().forEach((name, value) -> metadata.put(name.toLowerCase(Locale.ROOT), value));
        long length = file.sizeBytes() - from;
        return new SourceContent(
                new StoreStream(answer, length),
                length,
                response.contentType(),
                encoding(response.contentEncoding()),
                metadata,
                from == 0 ? S3Checksums.of(response, metadata, access.store()) : List.of());
    }

    /** Clients that upload in chunks leave {@code aws-chunked} there, which does not describe the bytes. */
    private static @Nullable String encoding(@Nullable String encoding) {
        if (encoding == null) {
            return null;
        }
        String left = Arrays.stream(encoding.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty() && !word.equalsIgnoreCase("aws-chunked"))
                .collect(Collectors.joining(", "));
        return left.isEmpty() ? null : left;
    }

    /** Maps the SDK's exceptions to IOExceptions, and leaves unread what nobody reads. */
    private static final class StoreStream extends InputStream {

        private final ResponseInputStream<GetObjectResponse> answer;
        private long left;

        private StoreStream(ResponseInputStream<GetObjectResponse> answer, long length) {
            this.answer = answer;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                int read = answer.read(into, offset, length);
                left -= Math.max(0, read);
                return read;
            } catch (RuntimeException e) {
                throw new IOException("the store breaks off", e);
            }
        }

        @Override
        public void close() throws IOException {
            if (left > 0) {
                answer.abort();
                return;
            }
            try {
                answer.close();
            } catch (RuntimeException e) {
                throw new IOException("the store breaks off", e);
            }
        }
    }
}

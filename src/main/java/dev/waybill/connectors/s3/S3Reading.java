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

/** Opens files, each pinned to the version that was listed: by a condition, and by comparing what came. */
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
        // Nothing can be asked for behind the last byte, and yet the version has to be looked at.
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
            // As the SDK's own switch it would have the SDK compare too, and fail in words of its own.
            request.overrideConfiguration(o -> o.putHeader("x-amz-checksum-mode", "ENABLED"));
        }
        return access.call(
                new S3Operation(About.FILE, path.container(), payer != null),
                client -> client.getObject(request.build()));
    }

    /** That these are the bytes that were listed, whether or not the store heeds conditions. */
    private void require(SourceFile file, long first, GetObjectResponse told) {
        String listed = S3Version.of(file).etag();
        String etag = S3Version.bare(told.eTag());
        boolean isOther = listed != null && etag != null ? !listed.equals(etag) : isLater(file, told.lastModified());
        long total = total(first, told);
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

    /** How long the whole file is; less than 0 when that is not told. */
    private long total(long first, GetObjectResponse told) {
        if (isWhole(first, told)) {
            return told.contentLength() == null ? -1 : told.contentLength();
        }
        Matcher range = CONTENT_RANGE.matcher(told.contentRange());
        if (!range.matches() || Long.parseLong(range.group(1)) != first) {
            throw new SourceException(
                    Diagnosis.INTEGRITY_MISMATCH,
                    access.store().name() + " answers with other bytes of the file than those that were asked for");
        }
        return range.group(2).equals("*") ? -1 : Long.parseLong(range.group(2));
    }

    /** Some stores know no ranges, and begin at the beginning. */
    private static boolean isWhole(long first, GetObjectResponse told) {
        return first == 0 || told.contentRange() == null;
    }

    private SourceContent content(SourceFile file, long from, ResponseInputStream<GetObjectResponse> answer) {
        GetObjectResponse told = answer.response();
        Map<String, String> metadata = new TreeMap<>();
        told.metadata().forEach((name, value) -> metadata.put(name.toLowerCase(Locale.ROOT), value));
        long length = file.sizeBytes() - from;
        return new SourceContent(
                new StoreStream(answer, length),
                length,
                told.contentType(),
                encoding(told.contentEncoding()),
                metadata,
                from == 0 ? S3Checksums.of(told, metadata, access.store()) : List.of());
    }

    /** Clients that upload in chunks leave a word of theirs there, which says nothing of the bytes. */
    private static @Nullable String encoding(@Nullable String told) {
        if (told == null) {
            return null;
        }
        String left = Arrays.stream(told.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty() && !word.equalsIgnoreCase("aws-chunked"))
                .collect(Collectors.joining(", "));
        return left.isEmpty() ? null : left;
    }

    /** Fails with IOExceptions only, and leaves unread what nobody reads. */
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

package dev.waybill.objects.requests;

import dev.waybill.blobs.BlobDraft.Content;
import dev.waybill.buckets.FieldType;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.fetch.UrlFetcher;
import dev.waybill.platform.json.FreeJson;
import dev.waybill.platform.storage.FileNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Parser of a blob's content in a request: inline value, base64, data URI, URL or upload id. */
final class ContentReader {

    private static final Pattern URL = Pattern.compile("(?i)(https?|s3)://.*", Pattern.DOTALL);
    private static final Pattern S3 = Pattern.compile("(?i)s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/(?=.*\\S)\\P{Cntrl}+");
    private static final Pattern UPLOAD = Pattern.compile("^upl_[a-zA-Z0-9_-]+$");
    private static final int MAX_URL = 2083;
    private static final int MAX_FILENAME = 255;

    private final JsonMapper json;
    private final long inlineUpTo;

    ContentReader(JsonMapper json, long inlineUpTo) {
        this.json = json;
        this.inlineUpTo = inlineUpTo;
    }

    /** The parsed content, or the problem. */
    record Read(@Nullable Content content, @Nullable String problem) {

        static Read of(Content content) {
            return new Read(content, null);
        }

        static Read wrong(String problem) {
            return new Read(null, problem);
        }
    }

    Read read(CreateBlobRequest blob, String property, FieldType type, boolean fetches, boolean anew) {
        long sources = Stream.of(
                        Optional.ofNullable(blob.data()),
                        Optional.ofNullable(blob.content()),
                        Optional.ofNullable(blob.url()),
                        Optional.ofNullable(blob.uploadId()))
                .filter(Optional::isPresent)
                .count();
        if (sources != 1) {
            return Read.wrong("must have exactly one of data, content, url and upload_id, not %s"
                    .formatted(sources == 0 ? "none" : sources));
        }
        if (blob.uploadId() != null) {
            return UPLOAD.matcher(blob.uploadId()).matches() && type.isBlob()
                    ? Read.of(new Content.Uploaded(blob.uploadId()))
                    : Read.wrong("upload_id must look like upl_..., and fill a property that holds a file");
        }
        if (blob.url() != null) {
            return type.isBlob()
                    ? url(blob.url(), fetches, anew)
                    : Read.wrong("url can only fill a property that holds a file, not %s".formatted(type.wire()));
        }
        Object data = blob.data();
        if (data instanceof String text && takesUrl(type) && URL.matcher(text).matches()) {
            return url(text, fetches, anew);
        }
        return value(data == null ? blob.content() : data, property, type);
    }

    /** A text may be a URL and still be meant as text. */
    private static boolean takesUrl(FieldType type) {
        return type.isBlob() && type != FieldType.TEXT;
    }

    private static Read url(String url, boolean fetches, boolean anew) {
        if (url.length() > MAX_URL) {
            return Read.wrong("url must have at most %d characters".formatted(MAX_URL));
        }
        if (url.toLowerCase(Locale.ROOT).startsWith("s3://")) {
            return S3.matcher(url).matches()
                    ? Read.of(new Content.Reference(url))
                    : Read.wrong("url must look like s3://bucket/key");
        }
        try {
            UrlFetcher.check(url);
        } catch (WaybillException refused) {
            return Read.wrong(refused.getMessage());
        }
        return Read.of(fetches ? new Content.Link(url, anew) : new Content.Reference(url));
    }

    private Read value(@Nullable Object value, String property, FieldType type) {
        return switch (type) {
            case TEXT ->
                value instanceof String text
                        ? text(text, property)
                        : file(value, property).orElseGet(() -> Read.wrong("data must be a text"));
            case JSON -> json(value, property);
            case IMAGE, AUDIO, VIDEO, PDF, EXCEL, BINARY, DOCUMENT ->
                value instanceof String text
                        ? bytes(text, property)
                        : file(value, property)
                                .orElseGet(() -> Read.wrong("data must be a URL, a data: URI, base64, or an object with"
                                        + " base64, mime_type and filename"));
            default -> free(value).map(Read::wrong).orElseGet(() -> Read.of(inline(value)));
        };
    }

    private Read text(String text, String property) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Read.of(
                bytes.length <= inlineUpTo && text.indexOf('\0') < 0
                        ? new Content.Inline(text)
                        : new Content.Bytes(bytes, property + ".txt", "text/plain", true));
    }

    /** What a MongoDB document cannot hold is put into storage. */
    private Read json(@Nullable Object value, String property) {
        byte[] bytes = json.writeValueAsBytes(value);
        return Read.of(
                bytes.length <= inlineUpTo && free(value).isEmpty()
                        ? inline(value)
                        : new Content.Bytes(bytes, property + ".json", "application/json", false));
    }

    private static Read bytes(String text, String property) {
        DataUri data = DataUri.read(text);
        return data.bytes() == null
                ? Read.wrong(String.valueOf(data.problem()))
                : Read.of(new Content.Bytes(data.bytes(), property, data.mediaType(), false));
    }

    private static Optional<Read> file(@Nullable Object value, String property) {
        return value instanceof Map<?, ?> json && json.containsKey("base64")
                ? Optional.of(file(json, property))
                : Optional.empty();
    }

    /** A file in JSON: its bytes in base64, media type and filename. */
    private static Read file(Map<?, ?> json, String property) {
        if (!(json.get("base64") instanceof String base64)) {
            return Read.wrong("data.base64 must be a text in base64");
        }
        Object type = json.get("mime_type");
        if (type != null && !(type instanceof String)) {
            return Read.wrong("data.mime_type must be a text such as image/png");
        }
        Object name = json.get("filename");
        if (name != null && !(name instanceof String)) {
            return Read.wrong("data.filename must be a text");
        }
        String filename = name == null ? property : name.toString();
        List<FileNames.Problem> problems = FileNames.problems(filename);
        if (!problems.isEmpty() || filename.length() > MAX_FILENAME) {
            return Read.wrong("data.filename "
                    + (problems.isEmpty()
                            ? "must have at most %d characters".formatted(MAX_FILENAME)
                            : problems.getFirst().message()));
        }
        Read read = bytes(base64, filename);
        return read.content() instanceof Content.Bytes bytes && type != null
                ? Read.of(new Content.Bytes(bytes.bytes(), filename, type.toString(), false))
                : read;
    }

    private static Content.Inline inline(@Nullable Object value) {
        return new Content.Inline(java.util.Objects.requireNonNull(value));
    }

    private static Optional<String> free(@Nullable Object value) {
        return FreeJson.violation(List.of(), Map.of("value", java.util.Objects.requireNonNull(value)))
                .map(Violation::message);
    }
}

package dev.waybill.local;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gaul.shaded.org.eclipse.jetty.http.HttpField;
import org.gaul.shaded.org.eclipse.jetty.http.HttpHeader;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;
import org.gaul.shaded.org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what AWS refuses and S3Proxy does not: unsigned {@code x-amz-*} headers, and whatever the policy of a
 * credential does not allow. It does not verify signatures.
 */
final class AwsRefusals extends Handler.Wrapper {

    private static final String OWN = "x-amz-";

    /** AWS accepts this one unsigned: it holds the body's hash, which the signature may leave open. */
    private static final String BODY_HASH = "x-amz-content-sha256";

    private static final Pattern SIGNED_HEADERS = Pattern.compile("SignedHeaders=([^,\\s]*)");
    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/,\\s]*)/");

    /** Allowed beside the signature's own parameters: they name a part of a multipart upload. */
    private static final Set<String> OF_PARTS = Set.of("partNumber", "uploadId", "x-id");

    /** They need further permissions, such as s3:PutObjectAcl, or to read the source of a copy. */
    private static final List<String> NEEDS_MORE =
            List.of("x-amz-copy-source", "x-amz-acl", "x-amz-grant-", "x-amz-tagging", "x-amz-object-lock-");

    private final boolean lenient;
    private final String uploader;
    private final String folder;

    /**
     * @param lenient accepts unsigned headers, as some servers do
     * @param uploader the access key that may do nothing but PUT objects, and parts of them
     * @param folder the path below which it may
     */
    AwsRefusals(Handler server, boolean lenient, String uploader, String folder) {
        super(server);
        this.lenient = lenient;
        this.uploader = uploader;
        this.folder = folder;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Fields query = Request.extractQueryParameters(request);
        String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        Set<String> unsigned = unsigned(request, signedHeaders(query, authorization));
        if (!lenient && !unsigned.isEmpty()) {
            refuse(
                    response,
                    callback,
                    "There were headers present in the request which were not signed",
                    "<HeadersNotSigned>" + String.join(", ", unsigned) + "</HeadersNotSigned>");
            return true;
        }
        // A CORS preflight has the full URL with its signature, and does not authenticate by it.
        boolean isPreflight = request.getMethod().equals("OPTIONS");
        if (!isPreflight && uploader.equals(accessKey(query, authorization)) && !isPut(request, query)) {
            refuse(response, callback, "Access Denied", "");
            return true;
        }
        return super.handle(request, response, callback);
    }

    private boolean isPut(Request request, Fields query) {
        boolean needsMore =
                names(request).stream().anyMatch(name -> NEEDS_MORE.stream().anyMatch(name::startsWith));
        boolean asksForMore = query.getNames().stream()
                .anyMatch(name -> !name.toLowerCase(Locale.ROOT).startsWith(OWN) && !OF_PARTS.contains(name));
        String path = request.getHttpURI().getCanonicalPath();
        int key = path.indexOf('/', 1) + 1;
        return request.getMethod().equals("PUT")
                && key > 0
                && path.startsWith(folder, key)
                && !needsMore
                && !asksForMore;
    }

    /** Null when the request is not signed in this way. */
    private static @Nullable Set<String> signedHeaders(Fields query, @Nullable String authorization) {
        String names = query.getValue("X-Amz-SignedHeaders");
        if (names == null) {
            names = found(SIGNED_HEADERS, authorization);
        }
        return names == null
                ? null
                : Set.copyOf(Arrays.asList(names.toLowerCase(Locale.ROOT).split(";")));
    }

    private static @Nullable String accessKey(Fields query, @Nullable String authorization) {
        String credential = query.getValue("X-Amz-Credential");
        return credential == null
                ? found(CREDENTIAL, authorization)
                : credential.split("/", 2)[0];
    }

    private static @Nullable String found(Pattern pattern, @Nullable String text) {
        Matcher matcher = pattern.matcher(text == null ? "" : text);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static Set<String> unsigned(Request request, @Nullable Set<String> signed) {
        Set<String> unsigned = new TreeSet<>();
        if (signed != null) {
            names(request).stream()
                    .filter(name -> name.startsWith(OWN) && !name.equals(BODY_HASH) && !signed.contains(name))
                    .forEach(unsigned::add);
        }
        return unsigned;
    }

    private static List<String> names(Request request) {
        List<String> names = new ArrayList<>();
        for (HttpField field : request.getHeaders()) {
            names.add(field.getName().toLowerCase(Locale.ROOT));
        }
        return names;
    }

    private static void refuse(Response response, Callback callback, String message, String more) {
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>" + message
                + "</Message>" + more + "</Error>";
        response.setStatus(403);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/xml");
        response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
    }
}

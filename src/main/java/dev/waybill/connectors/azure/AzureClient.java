package dev.waybill.connectors.azure;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.azure.AzureOperation.About;
import dev.waybill.connectors.rest.RestAnswer;
import dev.waybill.connectors.rest.RestCall;
import dev.waybill.connectors.rest.RestClient;
import dev.waybill.connectors.rest.RestStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** The Blob REST API, as far as reading needs it. What a new signature or token mends is asked again, once. */
final class AzureClient {

    /** Any later one does as well; this one is old enough for every store that speaks it. */
    private static final String API = "2021-12-02";

    /** Where accounts have hosts of their own, a host that is not there is an account that is not there. */
    private static final String DOMAIN = ".blob.core.windows.net";

    private final RestClient client;
    private final URI endpoint;
    private final AzureKey key;

    AzureClient(RestClient client, URI endpoint, AzureKey key) {
        this.client = client;
        this.endpoint = endpoint;
        this.key = key;
    }

    RestClient wire() {
        return client;
    }

    URI endpoint() {
        return endpoint;
    }

    AzureKey key() {
        return key;
    }

    RestAnswer account(Map<String, String> query) {
        return required(
                call("/", query, Map.of(), client::ask, told -> told),
                told -> told,
                new AzureOperation(About.ACCOUNT, ""));
    }

    RestAnswer list(String container, Map<String, String> query) {
        return required(
                call("/" + RestCall.encode(container), query, Map.of(), client::ask, told -> told),
                told -> told,
                new AzureOperation(About.LISTING, container));
    }

    RestAnswer tags(String container, String blob) {
        return required(
                call(path(container, blob), Map.of("comp", "tags"), Map.of(), client::ask, told -> told),
                told -> told,
                new AzureOperation(About.TAGS, container));
    }

    RestStream open(String container, String blob, Map<String, String> headers) {
        return required(
                call(path(container, blob), Map.of(), headers, client::open, RestStream::answer),
                RestStream::answer,
                new AzureOperation(About.FILE, container));
    }

    private <T> T call(
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            Function<RestCall, T> asking,
            Function<T, RestAnswer> answer) {
        String fields = RestCall.query(query);
        RestCall request = new RestCall(
                        URI.create(endpoint + path + (fields.isEmpty() ? "" : "?" + fields)), headers, null)
                .with("x-ms-version", API);
        try {
            RestCall signed = key.sign(request);
            T told = asking.apply(signed);
            boolean isMended = !answer.apply(told).isGood() && key.renew(signed, answer.apply(told));
            return isMended ? asking.apply(key.sign(request)) : told;
        } catch (SourceException silent) {
            throw isNobody(silent) ? noAccount(silent) : silent;
        }
    }

    private <T> T required(T told, Function<T, RestAnswer> answer, AzureOperation question) {
        if (!answer.apply(told).isGood()) {
            Instant until = key.expiresAt();
            boolean isExpired = until != null && until.isBefore(client.serverTime());
            throw AzureErrors.of(answer.apply(told), question, isExpired, client.retryAfter(answer.apply(told)));
        }
        return told;
    }

    private boolean isNobody(SourceException silent) {
        return silent.getCause() instanceof UnknownHostException
                && silent.passes()
                && endpoint.getHost().endsWith(DOMAIN);
    }

    private SourceException noAccount(SourceException silent) {
        return new SourceException(
                Diagnosis.BUCKET_NOT_FOUND,
                "There is no storage account '%s'; correct account_name"
                        .formatted(endpoint.getHost().replace(DOMAIN, "")),
                false,
                null,
                silent);
    }

    /** Slashes are encoded too, or names such as {@code ./a} would be taken for paths. */
    private static String path(String container, String blob) {
        return "/" + RestCall.encode(container) + "/" + RestCall.encode(blob);
    }
}

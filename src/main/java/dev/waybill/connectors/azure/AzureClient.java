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

/**
 * A client of Azure's Blob REST API, as far as reading needs it. A request is retried once where a new signature or
 * token may help.
 */
final class AzureClient {

    /** Any later version works as well; this one is old enough for all compatible stores. */
    private static final String API = "2021-12-02";

    /** Where accounts have hosts of their own, an unknown host is an unknown account. */
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
                call("/", query, Map.of(), client::send, result -> result),
                result -> result,
                new AzureOperation(About.ACCOUNT, ""));
    }

    RestAnswer list(String container, Map<String, String> query) {
        return required(
                call("/" + RestCall.encode(container), query, Map.of(), client::send, result -> result),
                result -> result,
                new AzureOperation(About.LISTING, container));
    }

    RestAnswer tags(String container, String blob) {
        return required(
                call(path(container, blob), Map.of("comp", "tags"), Map.of(), client::send, result -> result),
                result -> result,
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
            Function<RestCall, T> send,
            Function<T, RestAnswer> answer) {
        String fields = RestCall.query(query);
        RestCall request = new RestCall(
                        URI.create(endpoint + path + (fields.isEmpty() ? "" : "?" + fields)), headers, null)
                .with("x-ms-version", API);
        try {
            RestCall signed = key.sign(request);
            T result = send.apply(signed);
            boolean mayRetry = !answer.apply(result).isGood() && key.renew(signed, answer.apply(result));
            return mayRetry ? send.apply(key.sign(request)) : result;
        } catch (SourceException failure) {
            throw isUnknownAccount(failure) ? noAccount(failure) : failure;
        }
    }

    private <T> T required(T result, Function<T, RestAnswer> answer, AzureOperation operation) {
        if (!answer.apply(result).isGood()) {
            Instant until = key.expiresAt();
            boolean isExpired = until != null && until.isBefore(client.serverTime());
            throw AzureErrors.of(answer.apply(result), operation, isExpired, client.retryAfter(answer.apply(result)));
        }
        return result;
    }

    private boolean isUnknownAccount(SourceException failure) {
        return failure.getCause() instanceof UnknownHostException
                && failure.passes()
                && endpoint.getHost().endsWith(DOMAIN);
    }

    private SourceException noAccount(SourceException failure) {
        return new SourceException(
                Diagnosis.BUCKET_NOT_FOUND,
                "There is no storage account '%s'; correct account_name"
                        .formatted(endpoint.getHost().replace(DOMAIN, "")),
                false,
                null,
                failure);
    }

    /** Slashes are encoded too, otherwise names such as {@code ./a} would be treated as paths. */
    private static String path(String container, String blob) {
        return "/" + RestCall.encode(container) + "/" + RestCall.encode(blob);
    }
}

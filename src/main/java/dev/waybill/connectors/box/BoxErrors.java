package dev.waybill.connectors.box;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.box.BoxOperation.About;
import dev.waybill.connectors.rest.RestAnswer;
import dev.waybill.connectors.rest.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Maps Box's error responses to diagnoses and messages. Its error texts decide, and are never passed on.
 *
 * @see <a href="https://developer.box.com/guides/api-calls/permissions-and-errors/common-errors/">Errors</a>
 * @see <a href="https://developer.box.com/guides/api-calls/permissions-and-errors/rate-limits/">Rate limits</a>
 */
final class BoxErrors {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private BoxErrors() {}

    /** The JSON of a response; an empty object when it is no JSON. */
    static JsonNode json(RestAnswer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException unreadable) {
            return JSON.createObjectNode();
        }
    }

    static SourceException of(RestAnswer answer, RestClient client, BoxOperation operation) {
        int status = answer.status();
        boolean isFile = operation.about() == About.FILE;
        return switch (status) {
            case 401 ->
                new SourceException(
                        Diagnosis.EXPIRED_CREDENTIALS, "Box does not take the access token (any more); give a new one");
            case 403 -> denied(json(answer), operation);
            case 404, 405 ->
                isFile
                        ? new SourceException(Diagnosis.VANISHED, "The file is gone")
                        : new SourceException(
                                Diagnosis.BUCKET_NOT_FOUND,
                                ("There is no folder with the id '%s' that the account sees; correct folder_id or source_path,"
                                                + " or invite the account to the folder")
                                        .formatted(operation.subject()));
            case 416 ->
                new SourceException(Diagnosis.CHANGED_DURING_READ, "The file is not the one that was listed any more");
            case 429, 503 ->
                new SourceException(
                        Diagnosis.THROTTLED, "Box asks for patience", true, client.retryAfter(answer), null);
            default ->
                status >= 500
                        ? new SourceException(Diagnosis.NETWORK, "Box failed on its side", true, null, null)
                        : new SourceException(
                                isFile ? Diagnosis.UNSUPPORTED : Diagnosis.BROKEN_LISTING,
                                "Box refuses the request with status %d".formatted(status));
        };
    }

    private static SourceException denied(JsonNode body, BoxOperation operation) {
        String code = body.path("code").asString("");
        if (code.contains("policy")) {
            return new SourceException(
                    operation.about() == About.FILE ? Diagnosis.ACCESS_DENIED_READ : Diagnosis.ACCESS_DENIED,
                    "A policy of the enterprise keeps the app from it; have a Box admin allow it");
        }
        return switch (operation.about()) {
            case FILE ->
                new SourceException(
                        Diagnosis.ACCESS_DENIED_READ,
                        "The account may see the file and not download it; make it a Viewer or more in its folder, and give"
                                + " the app the scope to read all files and folders");
            case FOLDER ->
                new SourceException(
                        Diagnosis.ACCESS_DENIED,
                        ("The account may not list the folder '%s'; invite it as a Viewer, and give the app the scope to read"
                                        + " all files and folders")
                                .formatted(operation.subject()));
            case ACCOUNT ->
                new SourceException(
                        Diagnosis.ACCESS_DENIED,
                        "The app may not ask who it is; give it the scope to read all files and folders");
        };
    }
}

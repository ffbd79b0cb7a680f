package dev.waybill.platform.web.openapi;

import static java.util.Map.entry;

import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.ParameterCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Describes the parameters that many operations have, by their names and once for all. What a controller declares
 * itself stays.
 */
@Component
class NamedParameters implements ParameterCustomizer {

    private record Meaning(String description, String example) {}

    private static final Map<String, Meaning> MEANINGS = Map.ofEntries(
            entry("agent_id", new Meaning("The agent's id.", "agt_0VXsK2aQ3nB8xYz1")),
            entry("batch_id", new Meaning("The batch.", "btch_0VXsK2aQ3nB8xYz1")),
            entry("bucket_identifier", new Meaning("The bucket's id (`bkt_...`) or its name.", "product-catalog")),
            entry("delivery_id", new Meaning("The delivery's id.", "dlv_0a1b2c3d4e5f60718293a4b5")),
            entry("document_id", new Meaning("The document.", "doc_3fa1c09b77e24d5aa0b1c2d3")),
            entry("key_name", new Meaning("The key's name, or its id (`key_...`).", "ingest")),
            entry("namespace_identifier", new Meaning("The namespace's id (`ns_...`) or its name.", "production")),
            entry("object_id", new Meaning("The object.", "obj_0VXsK2aQ3nB8xYz1")),
            entry("object_identifier", new Meaning("The object's id.", "obj_0VXsK2aQ3nB8xYz1")),
            entry("project_id", new Meaning("The project's id, a UUID.", "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90")),
            entry("submission_id", new Meaning("The submission's id, a UUID.", "0199f3a2-8d5e-7c32-8e6f-4a2d9b7c3fa1")),
            entry("sync_config_id", new Meaning("The sync's id.", "sync_0VXsK2aQ3nB8xYz1")),
            entry("sync_job_id", new Meaning("The run's id, a UUID.", "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90")),
            entry("sync_run_id", new Meaning("The run's id, a UUID.", "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90")),
            entry("task_id", new Meaning("The task's id, a UUID.", "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90")),
            entry("upload_id", new Meaning("The upload's id.", "upl_0VXsK2aQ3nB8xYz1")),
            entry("user_email", new Meaning("The user's email address; case makes no difference.", "ada@example.com")),
            entry("webhook_identifier", new Meaning("The webhook's id (`wh_...`) or its name.", "catalog")),
            entry(
                    HttpHeaders.IF_MATCH,
                    new Meaning(
                            "The ETag of the object as you know it: if it was changed since, the answer is 412.",
                            "3")));

    /** @param parameter null for an argument that no client sends */
    @Override
    public @Nullable Parameter customize(@Nullable Parameter parameter, MethodParameter argument) {
        if (parameter == null) {
            return parameter;
        }
        Meaning meaning = MEANINGS.get(parameter.getName());
        if (meaning == null) {
            return parameter;
        }
        if (parameter.getDescription() == null) {
            parameter.setDescription(meaning.description());
        }
        if (parameter.getExample() == null) {
            parameter.setExample(meaning.example());
        }
        return parameter;
    }
}

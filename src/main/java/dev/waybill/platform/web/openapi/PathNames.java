package dev.waybill.platform.web.openapi;

import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.ParameterCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PathVariable;

/** Describes the names that stand in many paths, once for all of them. What a controller says itself stays. */
@Component
class PathNames implements ParameterCustomizer {

    private record Meaning(String description, String example) {}

    private static final Map<String, Meaning> MEANINGS = Map.of(
            "delivery_id", new Meaning("The delivery's id.", "dlv_0a1b2c3d4e5f60718293a4b5"),
            "webhook_identifier", new Meaning("The webhook's id (`wh_...`) or its name.", "catalog"),
            "bucket_identifier", new Meaning("The bucket's id (`bkt_...`) or its name.", "product-catalog"),
            "key_name", new Meaning("The key's name, or its id (`key_...`).", "ingest"),
            "namespace_identifier", new Meaning("The namespace's id (`ns_...`) or its name.", "production"),
            "object_identifier", new Meaning("The object's id.", "obj_0VXsK2aQ3nB8xYz1"),
            "task_id", new Meaning("The task's id, a UUID.", "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90"),
            "upload_id", new Meaning("The upload's id.", "upl_0VXsK2aQ3nB8xYz1"),
            "user_email", new Meaning("The user's email address; case makes no difference.", "ada@example.com"));

    /** @param parameter null for an argument that no client sends */
    @Override
    public @Nullable Parameter customize(@Nullable Parameter parameter, MethodParameter argument) {
        if (parameter == null || !argument.hasParameterAnnotation(PathVariable.class)) {
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

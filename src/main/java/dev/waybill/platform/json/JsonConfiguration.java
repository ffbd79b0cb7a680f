package dev.waybill.platform.json;

import java.time.Instant;
import java.util.List;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * Configures Jackson for JSON as the contract has it: nothing is turned into something else on the way in, and nothing
 * ambiguous is accepted. Names and nulls are settled by {@code spring.jackson} in application.yaml.
 */
@Configuration(proxyBeanMethods = false)
class JsonConfiguration {

    /** MongoDB takes documents of up to 100 levels; what stands around a caller's values needs some of them. */
    private static final int MAX_DEPTH = 64;

    private static final int MAX_NAME_LENGTH = 1_000;
    static final int MAX_NUMBER_LENGTH = 100;
    private static final int MAX_STRING_LENGTH = 20_000_000;

    private static final List<CoercionInputShape> SCALARS = List.of(
            CoercionInputShape.Integer,
            CoercionInputShape.Float,
            CoercionInputShape.Boolean,
            CoercionInputShape.String,
            CoercionInputShape.EmptyString);

    @Bean
    JsonFactoryBuilderCustomizer boundedJson() {
        return factory -> factory.streamReadConstraints(StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNameLength(MAX_NAME_LENGTH)
                .maxNumberLength(MAX_NUMBER_LENGTH)
                .maxStringLength(MAX_STRING_LENGTH)
                .build());
    }

    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return JsonConfiguration::customize;
    }

    private static void customize(JsonMapper.Builder json) {
        json.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        refuse(json, LogicalType.Textual, CoercionInputShape.String, CoercionInputShape.EmptyString);
        refuse(json, LogicalType.Integer, CoercionInputShape.Integer);
        refuse(json, LogicalType.Float, CoercionInputShape.Integer, CoercionInputShape.Float);
        refuse(json, LogicalType.Boolean, CoercionInputShape.Boolean);
        refuse(json, LogicalType.Enum, CoercionInputShape.String);
        refuse(json, LogicalType.POJO);
        refuse(json, LogicalType.Map);
        refuse(json, LogicalType.Collection);
        refuse(json, LogicalType.Array);
        json.addModule(new SimpleModule("waybill")
                .addDeserializer(Instant.class, new InstantReader())
                .addDeserializer(Double.class, new FiniteDoubleReader()));
    }

    /** Refuses every scalar for the type but the ones that are of it. */
    private static void refuse(JsonMapper.Builder json, LogicalType type, CoercionInputShape... own) {
        List<CoercionInputShape> kept = List.of(own);
        json.withCoercionConfig(
                type,
                config -> SCALARS.stream()
                        .filter(shape -> !kept.contains(shape))
                        .forEach(shape -> config.setCoercion(shape, CoercionAction.Fail)));
    }
}

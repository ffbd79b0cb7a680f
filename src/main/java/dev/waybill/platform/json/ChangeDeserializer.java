package dev.waybill.platform.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;

/** Reads a {@link Change}: the value itself stands on the wire, without a wrapper. */
final class ChangeDeserializer extends ValueDeserializer<Change<?>> {

    private final @Nullable JavaType type;

    /** For Jackson, which calls {@link #createContextual} for the one that knows its type. */
    @SuppressWarnings("unused")
    ChangeDeserializer() {
        this(null);
    }

    private ChangeDeserializer(@Nullable JavaType type) {
        this.type = type;
    }

    @Override
    public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
        JavaType whole = property == null ? context.getContextualType() : property.getType();
        return new ChangeDeserializer(whole.containedTypeOrUnknown(0));
    }

    @Override
    public Change<?> deserialize(JsonParser parser, DeserializationContext context) {
        JavaType expected = type == null ? context.constructType(Object.class) : type;
        return Change.to(context.<Object>readValue(parser, expected));
    }

    @Override
    public Object getNullValue(DeserializationContext context) {
        return Change.to(null);
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
        return Change.none();
    }
}

package dev.waybill.platform.json;

import java.util.Arrays;
import java.util.List;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;

/** Converts texts to enum constants by their names on the wire: as {@link WireName} says, else by their name. */
@SuppressWarnings("rawtypes") // Spring's converters are keyed by the raw Enum
public final class WireEnums implements ConverterFactory<String, Enum> {

    /** What a client may send for the type, in the order of its constants. */
    public static List<String> allowed(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(WireEnums::wire).toList();
    }

    @Override
    public <T extends Enum> Converter<String, T> getConverter(Class<T> targetType) {
        return text -> Arrays.stream(targetType.getEnumConstants())
                .filter(constant -> wire(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such constant"));
    }

    private static String wire(Object constant) {
        return constant instanceof WireName named ? named.wire() : ((Enum<?>) constant).name();
    }
}

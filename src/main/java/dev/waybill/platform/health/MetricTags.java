package dev.waybill.platform.health;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Keeps facts about this machine out of the metrics: the disk's come without the tag of the folder that was measured.
 */
@Component
class MetricTags implements MeterFilter {

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().startsWith("disk.")) {
            return id;
        }
        List<Tag> others = id.getTags().stream()
                .filter(tag -> !tag.getKey().equals("path"))
                .toList();
        return id.replaceTags(others);
    }
}

package dev.waybill.platform.health;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
import org.springframework.stereotype.Component;

/** Metrics tell numbers and nothing of this machine: the disk's are told without the folder that was looked at. */
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

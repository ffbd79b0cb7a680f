package dev.waybill.auth;

import dev.waybill.platform.redis.RedisGate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Where this room touches the rooms below it; the tests put their own in its place. */
@Configuration(proxyBeanMethods = false)
class PlatformSeams {

    @Bean
    SharedCounter sharedCounter(RedisGate gate, StringRedisTemplate redis) {
        return new RedisCounter(gate::read, redis);
    }
}

package com.foobar.routing.autoconfigure;

import java.util.List;
import java.util.Map;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if at least one replica is configured and routing is not disabled.
 */
class OnReplicasCondition extends SpringBootCondition {

	private static final String ENABLED = ReadReplicaRoutingProperties.PREFIX + ".enabled";

	private static final String REPLICAS = ReadReplicaRoutingProperties.PREFIX + ".replicas";

	private static final Bindable<List<Map<String, Object>>> LIST = Bindable.of(ResolvableType
		.forClassWithGenerics(List.class, ResolvableType.forClassWithGenerics(Map.class, String.class, Object.class)));

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Read replicas");
		if (!context.getEnvironment().getProperty(ENABLED, Boolean.class, true)) {
			return ConditionOutcome.noMatch(message.because(ENABLED + " is false"));
		}
		int replicas = Binder.get(context.getEnvironment()).bind(REPLICAS, LIST).map(List::size).orElse(0);
		return (replicas > 0) ? ConditionOutcome.match(message.because(replicas + " configured"))
				: ConditionOutcome.noMatch(message.because("no " + REPLICAS + "[0].url is set"));
	}

}

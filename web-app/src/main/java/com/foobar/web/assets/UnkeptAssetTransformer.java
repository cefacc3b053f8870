package com.foobar.web.assets;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.core.io.Resource;
import org.springframework.web.servlet.resource.ResourceTransformer;
import org.springframework.web.servlet.resource.ResourceTransformerChain;

/**
 * Has what is not to be kept transformed like everything else, and still not kept.
 * Stateless.
 */
class UnkeptAssetTransformer implements ResourceTransformer {

	@Override
	public Resource transform(HttpServletRequest request, Resource asset, ResourceTransformerChain chain)
			throws IOException {
		return (asset instanceof UnkeptAsset unkept) ? new UnkeptAsset(chain.transform(request, unkept.content()))
				: chain.transform(request, asset);
	}

}

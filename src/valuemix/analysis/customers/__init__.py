"""What customers see: promised, believed and felt, burden, delivery, terms and preference."""

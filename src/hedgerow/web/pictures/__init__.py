"""Pictures of places that stand on pages of their own: map, network and timeline."""

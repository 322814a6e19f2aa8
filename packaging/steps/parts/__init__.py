"""What a bundle is made of: whose each file is, under which license, told to people and to programs."""
